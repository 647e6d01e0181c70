/** What people see: lines, one line that is overwritten, durations and counts as text. */
@NullMarked
package dev.skerry.local.terminal;

import org.jspecify.annotations.NullMarked;
