/** The link between the site and the cloud, as a proxy that can be cut, slowed and restored. */
@NullMarked
package dev.skerry.local.link;

import org.jspecify.annotations.NullMarked;
