package dev.millrace.definition;

import dev.millrace.config.ConfigSection;
import dev.millrace.config.ConfigValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which of the routes that match a table hold. */
enum RouteMode {
    /** All of them: they have to agree, because a table goes to one table here. */
    ALL_MATCH,
    FIRST_MATCH;

    static Optional<RouteMode> parse(String text) {
        String name = text.trim().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(values()).filter(mode -> mode.name().equals(name)).findFirst();
    }

    /** As the section says; what it says wrongly is reported by {@link PipelineSettingsReader}. */
    static RouteMode of(ConfigSection pipeline) {
        return Optional.ofNullable(pipeline.values().get(PipelineKeys.ROUTE_MODE))
                .map(ConfigValue::text)
                .flatMap(RouteMode::parse)
                .orElse(ALL_MATCH);
    }
}
