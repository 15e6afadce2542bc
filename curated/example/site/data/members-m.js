passerelle.put("members-m",{"org-fwds2t4m":[["ini-ztgs2ish",null,"The Open Ledger",0]]});
