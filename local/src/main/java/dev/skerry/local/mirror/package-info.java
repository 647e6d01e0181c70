/** The mirror from the edge to the cloud: MirrorMaker 2 in dedicated mode. */
@NullMarked
package dev.skerry.local.mirror;

import org.jspecify.annotations.NullMarked;
