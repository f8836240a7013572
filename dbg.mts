import { traceOnVm, traceOnEspruino } from './tools/lockstep/lockstep.ts';
import { VirtualTracker } from './tools/sim/tracker.ts';
import { Kernel } from './tools/sim/kernel.ts';
import { writeFileSync } from 'node:fs';
let log:string[]=[]; let k:any;
const orig=VirtualTracker.prototype.uartWrite; 
VirtualTracker.prototype.uartWrite=function(b:any){ log.push((this as any).uptimeUs()+' > '+JSON.stringify(Buffer.from(b).toString('latin1').slice(0,60))); return orig.call(this,b);};
import { VmEngine } from './tools/sim/vm/engine.ts'; import { EspruinoEngine } from './tools/sim/espruino/engine.ts';
for (const C of [VmEngine, EspruinoEngine] as any[]) { const r=C.prototype.receive; C.prototype.receive=function(b:any){ log.push('   < '+JSON.stringify(Buffer.from(b).toString('latin1').slice(0,90))); return r.call(this,b);} }
const o={board:'t-sim7080g-s3',scenario:'hanoi-duisburg',seed:1,hours:Number(process.argv[2]??6),intervalS:600};
await traceOnVm(o,()=>{}); writeFileSync('/tmp/vm.log',log.join('\n')); log=[];
await traceOnEspruino(o,()=>{}); writeFileSync('/tmp/esp.log',log.join('\n'));
