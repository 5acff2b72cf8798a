/**
 * Records as text and back: {@code adamp(beta2=0.99, weightDecay=0.01)} is the record {@code AdamP}
 * with two options that are not at their defaults.
 *
 * <pre>
 * pipeline = stage { "|" stage }
 * stage    = call [ "as" label ]
 * call     = name [ "(" [ argument { "," argument } ] ")" ]
 * argument = value                       one at most: the record's first component
 *          | name "=" value
 *          | number ":" number           into the component that holds numbers by step
 * value    = number | word | call
 * </pre>
 *
 * <p>A record that takes part has a {@link dev.gradus.text.Name}, a constructor without arguments
 * that is the one source of its defaults, and a {@link dev.gradus.text.Range} on each number.
 */
@NullMarked
package dev.gradus.text;

import org.jspecify.annotations.NullMarked;
