package dev.skerry.warehouse.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param columns their names
 * @param rows for each column text, number, boolean, list, map or null
 */
record Rows(List<String> columns, List<List<@Nullable Object>> rows) {}
