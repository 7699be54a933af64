import type { SingleSelection } from '../../../core/directory/directory.ts';
import type { ImportRules } from '../../../core/import/import-rules.ts';
import { bindCommands } from '../../commands/command.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { failureText } from '../../text/failure-text.ts';
import { Line } from '../../widgets/line/line.tsx';
import { browseLayer } from '../browse-layer.ts';
import { createBrowser } from '../browser.ts';
import { BrowserView } from '../browser-view.tsx';
import { noticesOf } from '../notices.ts';
import { WhomLine } from '../whom-line.tsx';
import { choosePlaceCommands } from './keys.ts';

export interface ChoosePlaceOptions {
  readonly title: string;
  /** Which phone of the people is shown. */
  readonly phone: ImportRules['phone'];
  /** Called once the screen has gone, with a container, a group or a filter. */
  onChosen(selection: SingleSelection): void;
}

/** Looks through the directory for one place whose people are meant. */
export function openPlaceChooser(context: ScreenContext, options: ChoosePlaceOptions): Screen {
  const { core, status } = context;
  const { title, phone, onChosen } = options;
  const { isConfigured } = core.directoryConnection.load();
  const browser = createBrowser({
    core,
    rules: { get: () => ({ phone }) },
    onFailure: (error) => status.say(failureText(error), 'error'),
    isMarkable: false,
  });

  function choose(): void {
    const selection = browser.whom()?.selection;
    // Without marks it is never more than one place.
    if (selection === undefined || selection.scope === 'several') return;
    context.back();
    onChosen(selection);
  }

  const own = bindCommands(choosePlaceCommands, () => ({ whom: browser.whom() }), choose);
  return {
    title: () => title,
    wantsWidth: true,
    layer: browseLayer('choose a place', browser, own),
    state: browser.changes,
    draw: (width, height) => (
      <BrowserView browser={browser} notices={noticesOf(null, isConfigured)} width={width} height={height}>
        <WhomLine browser={browser} label="Takes:" width={width} />
        <Line content=" Everybody who is there at a run, now and later." width={width} token="dim" />
      </BrowserView>
    ),
    pending: browser.people.table.pending,
    refresh: browser.refresh,
    close: browser.close,
  };
}
