import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';

import { listConversations } from '../api/conversations';
import { useMessages } from '../i18n/useMessages';
import { CONVERSATIONS } from './queries';
import './list.css';

/** The conversations of the reader, the newest first. */
export function ConversationList() {
  const { app } = useMessages();
  const { data } = useInfiniteQuery({
    queryKey: [...CONVERSATIONS, 'all'],
    queryFn: ({ pageParam }) => listConversations(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  return (
    <ul className="conversations">
      {data?.pages.flatMap((page) =>
        page.conversations.map((conversation) => (
          <li key={conversation.id}>
            <Link href={`/c/${conversation.id}`} className="conversation-link">
              {conversation.title ?? app.untitled}
            </Link>
          </li>
        )),
      )}
    </ul>
  );
}
