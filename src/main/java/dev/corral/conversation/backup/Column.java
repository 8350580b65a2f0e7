package dev.corral.conversation.backup;

/** A column whose values are stored, not generated. */
record Column(String name, ColumnType type) {
}
