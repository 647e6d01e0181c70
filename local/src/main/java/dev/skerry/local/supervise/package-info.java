/** Child processes under one supervisor. */
@NullMarked
package dev.skerry.local.supervise;

import org.jspecify.annotations.NullMarked;
