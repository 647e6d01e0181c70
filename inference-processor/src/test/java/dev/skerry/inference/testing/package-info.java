/** Models, records and readers that the tests share. */
@NullMarked
package dev.skerry.inference.testing;

import org.jspecify.annotations.NullMarked;
