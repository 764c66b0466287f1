const c=document.documentElement.classList;c.add("scripted");for(const k of["size","look"])try{const v=localStorage.getItem(k);if(v&&/^\w+$/.test(v))c.add(k+"-"+v)}catch{}
