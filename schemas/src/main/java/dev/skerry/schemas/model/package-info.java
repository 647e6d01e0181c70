/** The contract that a model file carries. */
@NullMarked
package dev.skerry.schemas.model;

import org.jspecify.annotations.NullMarked;
