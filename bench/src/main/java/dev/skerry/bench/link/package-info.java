/** Two brokers with a link between them that can be cut, the mirror, and what flows through it. */
@NullMarked
package dev.skerry.bench.link;

import org.jspecify.annotations.NullMarked;
