/** What the manifests, charts, rules and dashboards of this directory are held to. */
@NullMarked
package dev.skerry.k8s;

import org.jspecify.annotations.NullMarked;
