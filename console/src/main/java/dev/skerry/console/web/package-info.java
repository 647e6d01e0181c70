/** The page, its stream of events and its guards. */
@NullMarked
package dev.skerry.console.web;

import org.jspecify.annotations.NullMarked;
