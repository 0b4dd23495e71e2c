package dev.millrace.model;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what an object keeps alive, with references of four bytes; schemas are everybody's and count nothing. */
final class HeapSize {
    private static final int HEADER = 12;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    long of(@Nullable Object object) throws IllegalAccessException {
        if (object == null
                || object instanceof dev.millrace.schema.Schema
                || object instanceof Enum
                || !seen.add(object)) {
            return 0;
        }
        return object.getClass().isArray()
                ? ofArray(object)
                : object instanceof Iterable<?> list ? ofList(list) : ofFields(object);
    }

    private long ofArray(Object array) throws IllegalAccessException {
        Class<?> element = array.getClass().getComponentType();
        long size = HEADER + 4 + (long) Array.getLength(array) * size(element);
        if (!element.isPrimitive()) {
            for (Object each : (Object[]) array) {
                size += of(each);
            }
        }
        return aligned(size);
    }

    private long ofList(Iterable<?> list) throws IllegalAccessException {
        long size = 2 * HEADER + 16;
        for (Object each : list) {
            size += 4 + of(each);
        }
        return aligned(size);
    }

    private long ofFields(Object object) throws IllegalAccessException {
        long size = HEADER;
        for (Field field : object.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                size += size(field.getType());
                if (!field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    size += of(field.get(object));
                }
            }
        }
        return aligned(size);
    }

    private static int size(Class<?> type) {
        if (type == long.class || type == double.class) {
            return 8;
        }
        return type == byte.class || type == boolean.class ? 1 : 4;
    }

    private static long aligned(long size) {
        return (size + 7) / 8 * 8;
    }
}
