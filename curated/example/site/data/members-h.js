passerelle.put("members-h",{"org-3g3hnm4h":[["ini-dmzcsbi5",null,"South Shore Safe Return",0]]});
