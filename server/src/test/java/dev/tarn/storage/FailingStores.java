package dev.tarn.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Locale;

/** Stores that fail as {@link Faults} say: each call of a method is a step. */
public final class FailingStores {
    private FailingStores() {}

    /** The store behind faults. */
    public static <T> T of(Class<T> type, T store, Faults faults) {
        String name = type.getSimpleName().replace("Store", "").toLowerCase(Locale.ROOT);
        Object failing = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, values) -> faults.store(name + " " + method.getName(), () -> {
                    try {
                        method.setAccessible(true);
                        return method.invoke(store, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        return type.cast(failing);
    }
}
