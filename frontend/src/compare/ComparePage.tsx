import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';

import { useNarrow } from '../app/useNarrow';
import { useEscape } from '../composer/useEscape';
import { useMessages } from '../i18n/useMessages';
import { useModels } from '../settings/useModels';
import { CompareForm } from './CompareForm';
import { CompareSide } from './CompareSide';
import { addressOf, beginning, madeWith, pairOf } from './pair';
import { panelId, SideTabs, tabId } from './SideTabs';
import { useCarryOn } from './useCarryOn';
import { useSide, type Side } from './useSide';
import './compare.css';

/** The same messages to two models, or to one with two settings. The address has both conversations, so that a reload goes on. */
export default function ComparePage() {
  const { app, compare, composer } = useMessages();
  const search = useSearch();
  const pair = useMemo(() => pairOf(new URLSearchParams(search)), [search]);
  const { models = [] } = useModels();
  const a = useSide(pair.a, models[0]?.id);
  const b = useSide(pair.b, (models[1] ?? models[0])?.id);
  const [, navigate] = useLocation();
  const narrow = useNarrow();
  const [shown, setShown] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const carryOn = useCarryOn(pair);

  const [made, alsoMade] = [a.state.id, b.state.id];
  useEffect(() => {
    // Conversations that were made here have ids before the address does.
    const [idA, idB] = [a.session.getState().id, b.session.getState().id];
    if (idA !== pair.a || idB !== pair.b) {
      navigate(addressOf({ a: idA, b: idB }), { replace: true });
    }
  }, [made, alsoMade, a.session, b.session, pair, navigate]);
  useEffect(() => {
    document.title = `${compare.title} · ${app.name}`;
  }, [compare, app]);

  const replying = a.state.live !== null || b.state.live !== null;
  const stop = useCallback(() => {
    void a.session.stop();
    void b.session.stop();
    field.current?.focus();
  }, [a.session, b.session]);
  useEscape(replying, stop);

  const sides: readonly [Side, Side] = [a, b];
  const names = [compare.first, compare.second] as const;
  const pairId = (): string =>
    a.state.conversation?.metadata.compare ??
    b.state.conversation?.metadata.compare ??
    crypto.getRandomValues(new Uint32Array(4)).join('-');
  const send = (side: Side, name: string, text: string, id: string): void => {
    side.send(text, madeWith(side.settings, id, compare.conversationTitle(beginning(text), name)));
  };

  return (
    <div className="compare">
      <header className="compare-header">
        <h1>{compare.title}</h1>
        {(pair.a !== null || pair.b !== null) && (
          <Link href="/compare" className="plain">
            {compare.anew}
          </Link>
        )}
      </header>
      {narrow && <SideTabs names={names} shown={shown} onShow={setShown} />}
      <div className="sides">
        {sides.map((side, index) => {
          const name = names[index] ?? '';
          const other = sides[1 - index]?.state.id ?? null;
          const role = narrow ? { role: 'tabpanel', 'aria-labelledby': tabId(index) } : { 'aria-label': compare.side(name) };
          return (
            <section key={name} id={panelId(index)} className="side" hidden={narrow && index !== shown} {...role}>
              <CompareSide
                name={name}
                side={side}
                models={models}
                onSend={(text) => {
                  send(side, name, text, pairId());
                }}
                onCarryOn={() => {
                  if (side.state.id !== null) {
                    carryOn(side.state.id, other);
                  }
                }}
              />
            </section>
          );
        })}
      </div>
      <CompareForm
        ref={field}
        replying={replying}
        reason={models.length === 0 ? composer.block({ kind: 'connecting' }) : null}
        onSend={(text) => {
          const id = pairId();
          send(a, names[0], text, id);
          send(b, names[1], text, id);
        }}
        onStop={stop}
      />
    </div>
  );
}
