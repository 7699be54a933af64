import type { Screen } from '../shell/screen.ts';
import { createFactsScroll } from '../widgets/facts/facts.ts';
import { FactsView } from '../widgets/facts/facts-view.tsx';
import { type Conversation, conversationFacts } from './conversation-facts.ts';

/** What was said between this program and a server, to be scrolled through. */
export function openConversation(conversation: Conversation): Screen {
  const scroll = createFactsScroll();
  const facts = conversationFacts(conversation);
  return {
    title: () => 'Conversation',
    wantsWidth: true,
    layer: { name: 'conversation', commands: scroll.commands },
    state: scroll,
    draw: (width, height) => <FactsView facts={facts} scroll={scroll} width={width} height={height} />,
  };
}
