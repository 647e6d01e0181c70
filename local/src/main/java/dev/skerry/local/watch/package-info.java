/** What the site does right now: counts, rates and latencies, read from its topics. */
@NullMarked
package dev.skerry.local.watch;

import org.jspecify.annotations.NullMarked;
