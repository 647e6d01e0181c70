/**
 * One page on which people see whether a site is well; {@link dev.skerry.console.ConsoleService} is
 * its flow.
 */
@NullMarked
package dev.skerry.console;

import org.jspecify.annotations.NullMarked;
