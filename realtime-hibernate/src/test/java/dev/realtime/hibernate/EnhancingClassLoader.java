package dev.realtime.hibernate;

import java.io.IOException;
import java.io.InputStream;
import org.hibernate.bytecode.enhance.spi.DefaultEnhancementContext;
import org.hibernate.bytecode.enhance.spi.Enhancer;
import org.hibernate.bytecode.enhance.spi.UnloadedClass;
import org.hibernate.bytecode.internal.BytecodeProviderInitiator;

/** Loads the classes nested in one class anew, enhanced as Hibernate's build plugin would. */
final class EnhancingClassLoader extends ClassLoader {

    private final String prefix;
    private final Enhancer enhancer;

    EnhancingClassLoader(Class<?> around) {
        super(around.getClassLoader());
        this.prefix = around.getName();
        this.enhancer = BytecodeProviderInitiator.buildDefaultBytecodeProvider().getEnhancer(new Inline());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(prefix)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? enhanced(name) : loaded;
        }
    }

    private Class<?> enhanced(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name); // a proxy, not made yet
            }
            byte[] original = in.readAllBytes();
            byte[] enhanced = enhancer.enhance(name, original);
            byte[] bytes = enhanced == null ? original : enhanced;
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    /** Lazy attributes and dirty tracking. */
    private static final class Inline extends DefaultEnhancementContext {

        @Override
        public boolean doDirtyCheckingInline(UnloadedClass classDescriptor) {
            return true;
        }

        @Override
        public boolean hasLazyLoadableAttributes(UnloadedClass classDescriptor) {
            return true;
        }
    }
}
