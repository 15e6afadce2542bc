passerelle.put("members-p",{"org-a4dascrp":[["ini-dmzcsbi5",null,"South Shore Safe Return",0]]});
