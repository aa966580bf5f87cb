/** What holds the example and the documents to their word. */
@NullMarked
package dev.realtime.examples.quickstart;

import org.jspecify.annotations.NullMarked;
