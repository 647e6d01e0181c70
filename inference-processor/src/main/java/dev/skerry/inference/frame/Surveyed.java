package dev.skerry.inference.frame;

/** What a look at an image's structure gives, before any pixel is decoded. */
sealed interface Surveyed permits EncodedImage, Unusable {}
