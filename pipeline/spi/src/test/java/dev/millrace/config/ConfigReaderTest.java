package dev.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
    private enum Shape {
        ROUND,
        HALF_ROUND
    }

    @Test
    void readsWhatIsThereAndDefaultsTheRest() {
        ConfigReader reader =
                reader("hostname", "db1", "port", "5433", "every", "2 min", "size", "64mb", "shape", "half-round");
        assertThat(reader.required("hostname")).isEqualTo("db1");
        assertThat(reader.integer("port", 5432, 1, 65535)).isEqualTo(5433);
        assertThat(reader.duration("every", Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(2));
        assertThat(reader.duration("other", Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(reader.bytes("size", 0)).isEqualTo(64L << 20);
        assertThat(reader.choice("shape", Shape.ROUND)).isEqualTo(Shape.HALF_ROUND);
        assertThat(reader.flag("on", true)).isTrue();
        reader.finish();
    }

    @Test
    void reportsAllProblemsAtOnceWithTheirPlaces() {
        ConfigReader reader = reader("hostnam", "db1", "port", "many", "shape", "square", "zebra", "1");
        reader.required("hostname");
        reader.integer("port", 5432, 1, 65535);
        reader.choice("shape", Shape.ROUND);
        assertThatThrownBy(reader::finish).isInstanceOf(ConfigException.class).hasMessage("""
                        p.yaml:1:1: 'source' lacks 'hostname'. Add 'hostname: …'.
                        p.yaml:2:3: Unknown key 'hostnam' in source. Did you mean 'hostname'?
                        p.yaml:3:3: 'port' is 'many'. It takes a whole number from 1 to 65535.
                        p.yaml:4:3: 'shape' is 'square'. It takes one of round, half-round.
                        p.yaml:5:3: Unknown key 'zebra' in source. Known keys: hostname, port, shape.\
                        """);
    }

    @Test
    void neverShowsASecret() {
        Map<String, ConfigValue> values = Map.of("port", new ConfigValue("hunter2", new Place("p.yaml", 2, 3), true));
        ConfigReader reader = new ConfigReader(new ConfigSection("source", new Place("p.yaml", 1, 1), values));
        reader.integer("port", 1, 1, 2);
        assertThatThrownBy(reader::finish).hasMessageNotContaining("hunter2").hasMessageContaining("******");
        assertThat(new Secret("hunter2")).hasToString("******");
    }

    @Test
    void knowsWhatStandsBehindAPrefix() {
        ConfigReader reader = reader("table.properties.bucket", "4", "table.properties.", "x");
        assertThat(reader.prefixed("table.properties.").keySet()).containsExactly("bucket");
        reader.finish();
    }

    @Test
    void refusesNumbersThatDoNotFit() {
        ConfigReader reader = reader("size", "99999999999gb", "every", "99999999999999999999s");
        reader.bytes("size", 1);
        reader.duration("every", Duration.ZERO);
        assertThatThrownBy(reader::finish).hasMessageContaining("'size'").hasMessageContaining("'every'");
    }

    private static ConfigReader reader(String... pairs) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], new ConfigValue(pairs[i + 1], new Place("p.yaml", 2 + i / 2, 3), false));
        }
        return new ConfigReader(new ConfigSection("source", new Place("p.yaml", 1, 1), values));
    }
}
