/** Which hardware runs a model, and with which settings. */
@NullMarked
package dev.skerry.inference.provider;

import org.jspecify.annotations.NullMarked;
