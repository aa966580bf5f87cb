package dev.realtime.faultbed.ledger;

import java.util.List;

/**
 * The truth: every committed transaction since a slot was made, in the order of commits. Immutable.
 *
 * @param transactions in increasing order of their ends
 */
public record Reference(List<ReferenceTransaction> transactions) {

    /** Copies the transactions. */
    public Reference {
        transactions = List.copyOf(transactions);
    }

    /**
     * The rows of one table only, with the ordinals they have among all.
     *
     * @param table schema and name, quoted where SQL would
     * @return what a handler of that table alone is to see
     */
    public Reference of(String table) {
        return new Reference(transactions.stream()
                .map(transaction -> new ReferenceTransaction(
                        transaction.end(),
                        transaction.xid(),
                        transaction.rows().stream()
                                .filter(row -> row.table().equals(table))
                                .toList()))
                .toList());
    }

    /**
     * How many row changes there are.
     *
     * @return the rows of all transactions
     */
    public long rowCount() {
        return transactions.stream()
                .mapToLong(transaction -> transaction.rows().size())
                .sum();
    }

    /**
     * How many transactions end at or before a position: those that a confirmation of the position gives up.
     *
     * @param position unsigned
     * @return a count, hence the index of the first transaction behind the position
     */
    int endingBy(long position) {
        int low = 0;
        int high = transactions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(transactions.get(middle).end(), position) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
