@NullMarked
package dev.realtime.faultbed.ledger;

import org.jspecify.annotations.NullMarked;
