/** What Skerry promises, tried on a whole site and counted by an independent reader. */
@NullMarked
package dev.skerry.local.prove;

import org.jspecify.annotations.NullMarked;
