/** What the page shows, kept up to date from what is read. */
@NullMarked
package dev.skerry.console.picture;

import org.jspecify.annotations.NullMarked;
