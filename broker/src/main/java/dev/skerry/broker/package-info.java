/** A real Kafka node (KRaft, broker and controller in one) inside a JVM. */
@NullMarked
package dev.skerry.broker;

import org.jspecify.annotations.NullMarked;
