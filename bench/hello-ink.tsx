// What any console that is drawn with Ink costs: bundled as the product is, it draws one line and stays.
import nodeModule from 'node:module';
import { render, Text } from 'ink';

nodeModule.enableCompileCache();
setInterval(() => {}, 1000);
render(<Text>Hello, world</Text>, { interactive: true, exitOnCtrlC: false, patchConsole: false });
