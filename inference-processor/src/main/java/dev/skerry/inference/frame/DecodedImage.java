package dev.skerry.inference.frame;

/** What decoding an image gives. */
sealed interface DecodedImage permits Pixels, Unusable {}
