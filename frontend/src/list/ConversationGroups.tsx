import { memo, useMemo, useRef, useState, type CSSProperties, type FocusEvent, type KeyboardEvent } from 'react';
import { useRoute } from 'wouter';

import type { Conversation } from '../api/types';
import { Loading } from '../app/Loading';
import { useMessages } from '../i18n/useMessages';
import { ConversationRow, type RowActions } from './ConversationRow';
import { groupsOf, type Group } from './groups';
import { moveFocus } from './moveFocus';
import { ReadMore } from './ReadMore';
import { useConversations } from './useConversations';

interface ConversationGroupsProps extends RowActions {
  readonly archived: boolean;
  readonly renaming: string | null;
  /** Whose menu is open. */
  readonly openMenuOf: string | null;
}

/** The conversations under headings of their time. Reads on when the reader comes near the end. */
export function ConversationGroups({ archived, renaming, openMenuOf, ...actions }: ConversationGroupsProps) {
  const { app, list } = useMessages();
  const { rows, failure, readAt, retry, readMore, reading, stuck } = useConversations(archived);
  const today = new Date(readAt).toDateString();
  const groups = useMemo(() => (rows === undefined ? [] : groupsOf(rows, new Date(today))), [rows, today]);
  const [, parameters] = useRoute('/c/:id');
  const current = parameters?.id ?? null;
  const view = useRef<HTMLDivElement>(null);

  // One row takes part in the order of the Tab key, the arrows move to the others.
  const [focused, setFocused] = useState<string | null>(null);
  const listed = (id: string | null): boolean => id !== null && rows?.some((row) => row.id === id) === true;
  const entry = listed(focused) ? focused : listed(current) ? current : (rows?.[0]?.id ?? null);
  const onFocus = ({ target }: FocusEvent): void => {
    const id = target.closest<HTMLElement>('[data-conversation]')?.dataset.conversation;
    if (id !== undefined) {
      setFocused(id);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (moveFocus(event.currentTarget, event.key)) {
      event.preventDefault();
    }
  };

  if (failure !== null) {
    return (
      <div className="list-note" role="alert">
        <p>{app.failure(failure)}</p>
        <button type="button" className="plain" onClick={retry}>
          {app.retry}
        </button>
      </div>
    );
  }
  if (rows === undefined) {
    return <Loading />;
  }
  return (
    <div ref={view} className="list-rows" onFocus={onFocus} onKeyDown={onKeyDown}>
      {archived && <h2 className="list-title">{list.archived}</h2>}
      {rows.length === 0 && readMore === null && <p className="list-note">{archived ? list.noneArchived : list.none}</p>}
      {groups.map((group) => (
        <GroupView
          key={group.key}
          group={group}
          thisYear={new Date(today).getFullYear()}
          current={within(group, current)}
          entry={within(group, entry)}
          renaming={within(group, renaming)}
          openMenuOf={within(group, openMenuOf)}
          onMenu={actions.onMenu}
          onRename={actions.onRename}
          onRenamed={actions.onRenamed}
          onRemove={actions.onRemove}
        />
      ))}
      <ReadMore view={view} label={list.more} readMore={readMore} reading={reading} stuck={stuck} />
    </div>
  );
}

/** The id if it is of this group: other groups need not be drawn again for it. */
function within({ rows }: Group, id: string | null): string | null {
  return id !== null && rows.some((row: Conversation) => row.id === id) ? id : null;
}

interface GroupViewProps extends RowActions {
  readonly group: Group;
  readonly thisYear: number;
  readonly current: string | null;
  readonly entry: string | null;
  readonly renaming: string | null;
  readonly openMenuOf: string | null;
}

const GroupView = memo(function GroupView(props: GroupViewProps) {
  const { group, thisYear, current, entry, renaming, openMenuOf, onMenu, onRename, onRenamed, onRemove } = props;
  const { list } = useMessages();
  const name = list.group(group.name, thisYear);
  // How high it is before it is drawn.
  const style = { '--rows': group.rows.length } as CSSProperties;
  return (
    <div className="group" style={style}>
      {/* The list has the same name. */}
      {!group.continued && (
        <p className="group-name" aria-hidden="true">
          {name}
        </p>
      )}
      <ul aria-label={name}>
        {group.rows.map((row) => (
          <ConversationRow
            key={row.id}
            conversation={row}
            current={row.id === current}
            entry={row.id === entry}
            renaming={row.id === renaming}
            menuOpen={row.id === openMenuOf}
            onMenu={onMenu}
            onRename={onRename}
            onRenamed={onRenamed}
            onRemove={onRemove}
          />
        ))}
      </ul>
    </div>
  );
});
