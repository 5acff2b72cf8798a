package dev.gradus.equation;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gives one object for equal expressions. Expressions nobody uses any more are let go: keys hold
 * the ids of operands, which are never reused, and values are weak.
 */
final class Interner {
  private record Key(Class<?> kind, Object content, List<Long> operands) {}

  private static final class Entry extends WeakReference<Expression> {
    private final Key key;

    Entry(Key key, Expression value, ReferenceQueue<Expression> queue) {
      super(value, queue);
      this.key = key;
    }
  }

  private final Map<Key, Entry> entries = new HashMap<>();
  private final ReferenceQueue<Expression> unused = new ReferenceQueue<>();
  private long nextId;

  synchronized <T extends Expression> T intern(
      Class<T> kind, Object content, List<Expression> operands, LongFunction<T> create) {
    forgetUnused();
    var key = new Key(kind, content, operands.stream().map(Expression::id).toList());
    Entry entry = entries.get(key);
    Expression known = entry == null ? null : entry.get();
    return known != null ? kind.cast(known) : add(key, create.apply(nextId++));
  }

  private <T extends Expression> T add(Key key, T created) {
    entries.put(key, new Entry(key, created, unused));
    return created;
  }

  private void forgetUnused() {
    for (@Nullable Object old = unused.poll(); old != null; old = unused.poll()) {
      entries.remove(((Entry) old).key, old);
    }
  }
}
