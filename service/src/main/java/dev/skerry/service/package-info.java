/** The skeleton that every process shares: configuration, start and stop, health, metrics. */
@NullMarked
package dev.skerry.service;

import org.jspecify.annotations.NullMarked;
