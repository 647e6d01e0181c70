/** What may leave a site of a sample. Read {@link dev.skerry.retrain.egress.Egress} first. */
@NullMarked
package dev.skerry.retrain.egress;

import org.jspecify.annotations.NullMarked;
