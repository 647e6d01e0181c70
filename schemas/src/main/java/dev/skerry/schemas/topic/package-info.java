/** The one catalogue of topics. */
@NullMarked
package dev.skerry.schemas.topic;

import org.jspecify.annotations.NullMarked;
