/**
 * The independent reader that proves by partition and offset that nothing is missing or doubled.
 */
@NullMarked
package dev.skerry.local.audit;

import org.jspecify.annotations.NullMarked;
