passerelle.put("members-s",{"org-7377bris":[["ini-ego2t3xh","La Tournée des frigos",null,1]],"org-dfvbzjjs":[["ini-7dafvplc",null,"Gaspé Winter Table",0]]});
