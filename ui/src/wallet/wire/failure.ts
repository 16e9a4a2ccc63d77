export type FaultOf = "peer"|"user"|"environment"|"bug"; export type Failure = {code:string,fault:FaultOf,what:string,left:string,now:string};
