@NullMarked
package dev.skerry.producer;

import org.jspecify.annotations.NullMarked;
