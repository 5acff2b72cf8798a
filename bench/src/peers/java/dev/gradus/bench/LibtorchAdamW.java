package dev.gradus.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.gradus.Parameter;
import dev.gradus.rule.AdamW;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * PyTorch's fused AdamW on the CPU. The preset has no method for it, so its C++ function is called
 * by its name in the library; every argument has the form that the System V calling convention of
 * Linux gives it.
 */
@SuppressWarnings("restricted") // calls native code by its nature
public final class LibtorchAdamW implements Peer {
  /** {@code at::cpu::_fused_adamw_} with the learning rate as a number. */
  private static final String FUNCTION =
      "_ZN2at3cpu13_fused_adamw_EN3c108ArrayRefINS_6TensorEEES4_S4_S4_S4_S4_"
          + "dddddbbRKSt8optionalIS3_ES8_";

  /** A pointer to tensors and their number. */
  private static final MemoryLayout TENSORS = MemoryLayout.structLayout(ADDRESS, JAVA_LONG);

  private static final long NO_TENSOR_BYTES = 16;

  private final Arena arena = Arena.ofShared();
  private final List<Tensor> kept = new ArrayList<>();

  @Override
  public Runnable steps(List<Parameter> parameters, Memory memory, int threads) {
    torch.set_num_threads(threads);
    var gradients = parameters.stream().map(LibtorchAdamW::zeros).toList();
    var weights = parameters.stream().map(LibtorchAdamW::zeros).toList();
    for (int i = 0; i < memory.count(); i++) {
      values(weights.get(i), memory.size(i)).copyFrom(memory.weight(i));
      values(gradients.get(i), memory.size(i)).copyFrom(memory.gradient(i));
    }
    var counts = parameters.stream().map(_ -> torch.zeros(new long[0])).toList();
    MethodHandle function =
        bound(
            array(weights),
            array(gradients),
            array(parameters.stream().map(LibtorchAdamW::zeros).toList()),
            array(parameters.stream().map(LibtorchAdamW::zeros).toList()),
            array(List.of()),
            array(counts));
    return step(function, counts.stream().map(count -> values(count, 1)).toList());
  }

  private static Runnable step(MethodHandle function, List<MemorySegment> counts) {
    return () -> {
      for (MemorySegment count : counts) {
        count.set(JAVA_FLOAT, 0, count.get(JAVA_FLOAT, 0) + 1);
      }
      try {
        function.invoke();
      } catch (Throwable e) {
        throw new IllegalStateException("The fused AdamW failed", e);
      }
    };
  }

  /** The function with all its arguments. */
  private MethodHandle bound(MemorySegment... tensors) {
    var rule = new AdamW();
    var arguments = new ArrayList<Object>(List.of(tensors));
    arguments.addAll(List.of(Setting.LEARNING_RATE, rule.beta1(), rule.beta2()));
    arguments.addAll(List.of(rule.weightDecay(), rule.epsilon(), false, false));
    MemorySegment none = arena.allocate(NO_TENSOR_BYTES);
    arguments.addAll(List.of(none, none));
    var layouts = new ArrayList<MemoryLayout>(Stream.generate(() -> TENSORS).limit(6).toList());
    layouts.addAll(Stream.generate(() -> JAVA_DOUBLE).limit(5).toList());
    layouts.addAll(List.of(JAVA_BOOLEAN, JAVA_BOOLEAN, ADDRESS, ADDRESS));
    var type = FunctionDescriptor.ofVoid(layouts.toArray(MemoryLayout[]::new));
    return MethodHandles.insertArguments(
        Linker.nativeLinker().downcallHandle(library().findOrThrow(FUNCTION), type),
        0,
        arguments.toArray());
  }

  private SymbolLookup library() {
    Path bindings = Path.of(Loader.load(torch.class));
    return SymbolLookup.libraryLookup(bindings.resolveSibling("libtorch_cpu.so"), arena);
  }

  /** Tensors side by side; each is a pointer, which the Java object's address leads to. */
  private MemorySegment array(List<Tensor> tensors) {
    kept.addAll(tensors);
    MemorySegment pointers = arena.allocate(JAVA_LONG, Math.max(1, tensors.size()));
    for (int i = 0; i < tensors.size(); i++) {
      var tensor = MemorySegment.ofAddress(tensors.get(i).address());
      pointers.setAtIndex(JAVA_LONG, i, tensor.reinterpret(Long.BYTES).get(JAVA_LONG, 0));
    }
    MemorySegment array = arena.allocate(TENSORS);
    array.set(ADDRESS, 0, pointers);
    array.set(JAVA_LONG, ADDRESS.byteSize(), tensors.size());
    return array;
  }

  private static Tensor zeros(Parameter parameter) {
    return torch.zeros(
        parameter.shape().dimensions().stream().mapToLong(Long::longValue).toArray());
  }

  private static MemorySegment values(Tensor tensor, long count) {
    return MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(count * Float.BYTES);
  }
}
