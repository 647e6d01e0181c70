/** Whether this machine can run a site, and what to do where it cannot. */
@NullMarked
package dev.skerry.local.doctor;

import org.jspecify.annotations.NullMarked;
