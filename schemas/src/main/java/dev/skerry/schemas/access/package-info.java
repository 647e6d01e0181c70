/** Who may do what at the brokers: one description for ACLs, manifests and documentation. */
@NullMarked
package dev.skerry.schemas.access;

import org.jspecify.annotations.NullMarked;
