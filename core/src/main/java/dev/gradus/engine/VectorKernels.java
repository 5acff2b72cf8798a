package dev.gradus.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One generated vector loop per pass, shared by all passes with the same body. */
final class VectorKernels implements KernelSource {
  /** What the code of a loop depends on; which scalars it reads makes no difference. */
  private record Body(
      Object formats, int scalars, int rowScalars, Object body, Object folds, Object stores) {}

  private static final Map<Body, Kernel> KNOWN = new ConcurrentHashMap<>();

  @Override
  public Kernel kernel(Loop loop) {
    var body =
        new Body(
            loop.formats(),
            loop.scalars().size(),
            loop.rowScalars().size(),
            loop.body(),
            loop.folds(),
            loop.stores());
    return KNOWN.computeIfAbsent(body, _ -> define(PassCompiler.compile(loop)));
  }

  @Override
  public int lanes(Loop loop) {
    return (loop.slots().size() + loop.folds().size()) * Lanes.SPECIES.length();
  }

  private static Kernel define(byte[] code) {
    try {
      var lookup = MethodHandles.lookup().defineHiddenClass(code, true);
      var constructor =
          lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class));
      return (Kernel) constructor.invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("A generated pass could not be defined", e);
    }
  }
}
