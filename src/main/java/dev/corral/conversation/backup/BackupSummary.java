package dev.corral.conversation.backup;

import java.util.List;

/** How many rows of which tables a backup has, in the order of the file. */
public record BackupSummary(List<Table> tables) {

	public BackupSummary {
		tables = List.copyOf(tables);
	}

	public long rows() {
		return tables.stream().mapToLong(Table::rows).sum();
	}

	/** One table. */
	public record Table(String name, long rows) {
	}

}
