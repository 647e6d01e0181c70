/** What users may do, at the brokers of a site. */
@NullMarked
package dev.skerry.local.access;

import org.jspecify.annotations.NullMarked;
