/** A Kafka Streams topology as a service: started, watched, measured, and stopped with a reason. */
@NullMarked
package dev.skerry.service.streams;

import org.jspecify.annotations.NullMarked;
