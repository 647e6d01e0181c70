/** How far the mirror is behind, and how long the site's disk still waits for it. */
@NullMarked
package dev.skerry.local.mirror.backlog;

import org.jspecify.annotations.NullMarked;
