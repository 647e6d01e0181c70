@NullMarked
package dev.skerry.local.doctor;

import org.jspecify.annotations.NullMarked;
