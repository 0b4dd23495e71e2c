package dev.millrace.quickstart;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A row that breaks a rule of the shop.
 *
 * @param rule the column that is wrong: {@code orders.total}
 * @param key the primary key of its row
 * @param stored what the row says
 * @param computed what follows from the other tables; null where the row's parent is missing
 */
public record Violation(
        String rule,
        String key,
        BigDecimal stored,
        @Nullable BigDecimal computed) {}
