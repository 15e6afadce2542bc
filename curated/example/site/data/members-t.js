passerelle.put("members-t",{"org-6ezqad4t":[["ini-dmzcsbi5",null,"South Shore Safe Return",1]]});
